import type { Reader } from './client.ts'

/** Which of these keys of stored files a row names. Each column has an index; ask for some hundreds at once. */
export async function namedByRows(reader: Reader, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const among = { in: [...keys] }
  const kyc = ['panDocument', 'aadhaarFront', 'aadhaarBack', 'bankPassbook'] as const
  const pictures = ['fileKey', 'thumbnailKey'] as const
  const found: (string | null | undefined)[][] = await Promise.all([
    ...kyc.map(async (column) =>
      (await reader.kyc.findMany({ where: { [column]: among }, select: { [column]: true } })).map((row) =>
        Reflect.get(row, column),
      ),
    ),
    ...pictures.map(async (column) =>
      (await reader.vehicleImage.findMany({ where: { [column]: among }, select: { [column]: true } })).map((row) =>
        Reflect.get(row, column),
      ),
    ),
    reader.nominee
      .findMany({ where: { idProofDocument: among }, select: { idProofDocument: true } })
      .then((rows) => rows.map((row) => row.idProofDocument)),
    reader.complianceDocument
      .findMany({ where: { fileKey: among }, select: { fileKey: true } })
      .then((rows) => rows.map((row) => row.fileKey)),
  ])
  return new Set(found.flat().filter((key) => key != null))
}
