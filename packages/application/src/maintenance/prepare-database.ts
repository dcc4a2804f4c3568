import { migrate, openDatabase, plans } from '@ev/db'
import { defaultPlan } from '@ev/domain'
import type { Clock, Logger } from '@ev/runtime'

/** Brings a database to the newest migration and gives it the first compensation plan if it has none. Answers the migrations it applied. */
export async function prepareDatabase({
  url,
  logger,
  clock,
}: {
  url: string
  logger: Logger
  clock: Clock
}): Promise<{ applied: string[] }> {
  const { applied } = await migrate({ url, log: logger, clock })
  const db = await openDatabase({ url, log: logger })
  try {
    await db.transaction(async (tx) => {
      if (await plans.isAny(tx)) return
      // In effect from the beginning of time, so that imported history has a plan as well.
      await plans.insert(tx, defaultPlan, { effectiveFrom: new Date(0), createdById: null, now: clock.now() })
    })
  } finally {
    await db.close()
  }
  return { applied }
}
