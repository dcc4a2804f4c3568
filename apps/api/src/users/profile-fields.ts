import type { ProfileChange } from '@ev/application'
import { isPincode } from '@ev/domain'
import { z } from 'zod'
import { anyText } from '../fields.ts'
import { calendarDate, textLine } from '../http/index.ts'

const pincodeExpected = { error: 'Must be six digits, the first not 0.' }

export const gender = z.enum(['male', 'female', 'other'])

/** What members say about themselves, each field as it may be sent on its own. */
export const profileFields = {
  first_name: anyText(150),
  last_name: anyText(150),
  gender: gender.nullable(),
  date_of_birth: calendarDate.nullable(),
  address_line1: anyText(255),
  address_line2: anyText(255),
  city: anyText(100),
  state: anyText(100),
  pincode: anyText(10).refine((text) => text === '' || isPincode(text), pincodeExpected),
  country: anyText(100),
}

/** The same fields where a whole profile is asked for. */
export const wholeProfileFields = {
  first_name: textLine(150),
  last_name: textLine(150),
  gender,
  date_of_birth: calendarDate,
  address_line1: textLine(255),
  address_line2: anyText(255).default(''),
  city: textLine(100),
  state: textLine(100),
  pincode: textLine(10).refine(isPincode, pincodeExpected),
  country: textLine(100).default('India'),
}

type ProfileBody = { readonly [K in keyof typeof profileFields]?: z.output<(typeof profileFields)[K]> | undefined }

/** Only what the body names; a field that is left out is not touched. */
export function toProfileChange(body: ProfileBody): ProfileChange {
  const change: { [K in keyof Required<ProfileChange>]: ProfileChange[K] | undefined } = {
    firstName: body.first_name,
    lastName: body.last_name,
    gender: body.gender,
    dateOfBirth: body.date_of_birth,
    addressLine1: body.address_line1,
    addressLine2: body.address_line2,
    city: body.city,
    state: body.state,
    pincode: body.pincode,
    country: body.country,
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
