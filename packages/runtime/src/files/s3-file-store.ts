import type { GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { type FileStore, fileTypeOf, requireKeyFor } from './file-store.ts'

export type S3Options = {
  readonly bucket: string
  readonly region: string
  /** Of an S3-compatible server; null for Amazon's own. */
  readonly endpoint: string | null
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** The bucket in the path instead of the host name, as most S3-compatible servers want it. */
  readonly isPathStyle: boolean
}

const connectTimeoutMs = 3_000
const requestTimeoutMs = 20_000
const attempts = 3

/** Files in a private bucket of S3 or of a server that speaks like it. The bucket must exist. */
export async function createS3FileStore(options: S3Options): Promise<FileStore> {
  // The client is large; only a process that keeps its files there loads it.
  const { S3Client, PutObjectCommand, GetObjectCommand, DeleteObjectCommand, paginateListObjectsV2 } = await import(
    '@aws-sdk/client-s3'
  )
  const { bucket: Bucket, endpoint } = options
  const client = new S3Client({
    region: options.region,
    ...(endpoint !== null && { endpoint }),
    forcePathStyle: options.isPathStyle,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectTimeoutMs, requestTimeout: requestTimeoutMs },
    // Servers that only resemble S3 do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  return {
    async put({ key, content, contentType }) {
      requireKeyFor(key, contentType)
      await client.send(new PutObjectCommand({ Bucket, Key: key, Body: content, ContentType: contentType }))
    },
    async get(key) {
      const contentType = fileTypeOf(key)
      if (contentType === null) return null
      try {
        const found = await client.send(new GetObjectCommand({ Bucket, Key: key }))
        return { content: await contentOf(found), contentType }
      } catch (error) {
        if (isAbsent(error)) return null
        throw error
      }
    },
    async delete(key) {
      if (fileTypeOf(key) !== null) await client.send(new DeleteObjectCommand({ Bucket, Key: key }))
    },
    async *list() {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
        for (const { Key, LastModified } of Contents) {
          if (Key && LastModified && fileTypeOf(Key) !== null) yield { key: Key, storedAt: LastModified }
        }
      }
    },
    async close() {
      client.destroy()
    },
  }
}

async function contentOf({ Body }: GetObjectCommandOutput): Promise<Buffer> {
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchKey'
}
