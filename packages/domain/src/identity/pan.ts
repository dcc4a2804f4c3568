/**
 * Five letters, four digits, a letter; the fourth letter is the holder's type: A association of persons, B body of individuals, C company,
 * F firm, G government, H Hindu undivided family, J juridical person, L local authority, P person, T trust.
 */
const panPattern = /^[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]$/

/** Whether the text is a well-formed permanent account number, in capitals. */
export function isPan(text: string): boolean {
  return panPattern.test(text)
}
