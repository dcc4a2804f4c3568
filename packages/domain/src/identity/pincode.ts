/** Whether the text is an Indian postal code: six digits, the first not 0. */
export function isPincode(text: string): boolean {
  return /^[1-9][0-9]{5}$/.test(text)
}
