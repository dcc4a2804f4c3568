/** What of a member a search looks at. */
export type SearchedMember = {
  readonly firstName: string
  readonly lastName: string
  readonly referralCode: string
  readonly email: string | null
  readonly mobile: string | null
}

/** A search for members: by which beginnings of their data they are found, null where the text cannot be one; and the exact test. */
export type MemberSearch = {
  /** A beginning of a first or last name. */
  readonly name: string
  readonly code: string | null
  readonly email: string | null
  readonly mobile: string | null
  isMatch(member: SearchedMember): boolean
}

const leastMobileDigits = { staff: 3, member: 8 } as const

/**
 * Reads what someone typed: the beginning of a name (each word of a first or last one), a referral code, an e-mail address or a mobile
 * number. A member must already know most of an address to find its owner, or searching letter by letter would spell it out:
 * the e-mail's part before the @, or eight digits of the mobile. Staff see addresses and may search by any beginning.
 */
export function memberSearch(text: string, { searcher }: { searcher: 'staff' | 'member' }): MemberSearch {
  const typed = text.trim().replaceAll(/\s+/g, ' ')
  const words = fold(typed).split(' ')
  const code = /^[a-z0-9-]+$/i.test(typed) ? typed.toUpperCase() : null
  const email = isEmailStart(typed, searcher) ? typed.toLowerCase() : null
  const mobile = mobileStart(typed, leastMobileDigits[searcher])
  return {
    name: typed.split(' ')[0]!,
    code,
    email,
    mobile,
    isMatch(member) {
      const first = fold(member.firstName)
      const last = fold(member.lastName)
      return (
        words.every((word) => first.startsWith(word) || last.startsWith(word)) ||
        `${first} ${last}`.startsWith(words.join(' ')) ||
        (code !== null && member.referralCode.startsWith(code)) ||
        (email !== null && (member.email?.startsWith(email) ?? false)) ||
        (mobile !== null && (member.mobile?.startsWith(mobile) ?? false))
      )
    },
  }
}

/** Letters without case and accents, so that both databases' ideas of "the same letter" end in one. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function isEmailStart(typed: string, searcher: 'staff' | 'member'): boolean {
  if (!/^[\x21-\x7e]+$/.test(typed)) return false
  return searcher === 'staff' || typed.indexOf('@') > 0
}

/** An Indian number as it is stored, `+919876…`, from however it was typed; null when the text is none or too short. */
function mobileStart(typed: string, leastDigits: number): string | null {
  const digits = /^(?:\+91|0)?(\d+)$/.exec(typed.replaceAll(/[ -]/g, ''))?.[1]
  return digits === undefined || digits.length < leastDigits ? null : `+91${digits}`
}
