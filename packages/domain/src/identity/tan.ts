/** Whether the text is a tax deduction account number: four letters, five digits, a letter, in capitals. */
export function isTan(text: string): boolean {
  return /^[A-Z]{4}[0-9]{5}[A-Z]$/.test(text)
}
