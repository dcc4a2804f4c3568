/** Shows the last four characters of a PAN, Aadhaar or account number and hides the rest; hides all of a text of four or fewer. */
export function masked(secret: string): string {
  const shown = secret.length > 4 ? secret.slice(-4) : ''
  return 'X'.repeat(secret.length - shown.length) + shown
}
