/** The model says that the platform has to refuse this, and by what code. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** Refuses when `isRefused`. */
export function refuseIf(isRefused: boolean, code: string): void {
  if (isRefused) throw new Refused(code)
}
