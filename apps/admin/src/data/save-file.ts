import { askRaw } from '../api/client.ts'

/** Hands a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Saves what the API answers at `path`, under the name that it gives. */
export async function saveAnswer(path: string, fallbackName: string): Promise<void> {
  const response = await askRaw(path)
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  saveFile(await response.blob(), named ?? fallbackName)
}
