/** The process died here. Nothing of the platform may take it for anything else. */
export class SimulatedCrash extends Error {
  override readonly name = 'SimulatedCrash'
  constructor(at: string) {
    super(`The process died before: ${at}`)
  }
}

/** Where a process is to die: before its `await`-th await, or when its `commit`-th transaction is committed and nobody has heard of it. */
export type CrashPoint = { readonly await: number } | { readonly commit: number }

/** Counts what a process waits for, and ends it where it is told to. A dead process does nothing more until it is revived. */
export type CrashSwitch = {
  arm(point: CrashPoint | null): void
  /** Called before everything that a process waits for outside itself. */
  before(what: string): void
  committed(): void
  isDead(): boolean
  /** What was waited for and committed since the switch was armed last. */
  counts(): { readonly awaits: number; readonly commits: number }
}

export function createCrashSwitch(): CrashSwitch {
  let point: CrashPoint | null = null
  let awaits = 0
  let commits = 0
  let dead: SimulatedCrash | null = null

  function die(at: string): never {
    dead ??= new SimulatedCrash(at)
    throw dead
  }

  return {
    arm(next) {
      point = next
      awaits = 0
      commits = 0
      dead = null
    },
    before(what) {
      if (dead) throw dead
      awaits += 1
      if (point && 'await' in point && point.await === awaits) die(what)
    },
    committed() {
      commits += 1
      if (point && 'commit' in point && point.commit === commits) die('the answer of a commit')
    },
    isDead: () => dead !== null,
    counts: () => ({ awaits, commits }),
  }
}
