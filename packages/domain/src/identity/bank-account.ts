/** Whether the text is an Indian bank branch code: four letters of the bank, a zero, six of the branch, in capitals. */
export function isIfsc(text: string): boolean {
  return /^[A-Z]{4}0[A-Z0-9]{6}$/.test(text)
}

/** Whether the text is a bank account number of 9 to 18 digits. */
export function isAccountNumber(text: string): boolean {
  return /^[0-9]{9,18}$/.test(text)
}
