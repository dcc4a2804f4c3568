import { createNetworkWriter } from '@ev/application'
import { openDatabase } from '@ev/db'
import { createLogger, systemClock, systemIds } from '@ev/runtime'

// Opens the database named on the command line and has the writer of the tree handle an empty batch, as a worker that has just started does with its
// first: the index is built from the log. Prints the seconds since the process began and the most memory it had.
const [url] = process.argv.slice(2)
const log = createLogger({ level: 'error', pretty: false })
const db = await openDatabase({ url: url!, log })
await createNetworkWriter({ db, clock: systemClock, ids: systemIds, log }).handle([])
console.log(JSON.stringify({ seconds: process.uptime(), mebibytes: process.resourceUsage().maxRSS / 1024 }))
await db.close()
