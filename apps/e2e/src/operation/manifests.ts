import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { parse, parseAllDocuments } from 'yaml'
import { repositoryFile } from './infra-files.ts'

export type Manifest = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> }
  readonly spec?: Record<string, unknown>
}

export type Kustomization = {
  readonly resources?: readonly string[]
  readonly configMapGenerator?: readonly Generator[]
  readonly secretGenerator?: readonly Generator[]
}
type Generator = { name: string; envs?: string[]; files?: string[]; literals?: string[] }

const folder = 'infra/kubernetes'
export const kustomizationFolders = readdirSync(new URL(`../../../../${folder}`, import.meta.url)).map(
  (name) => `${folder}/${name}`,
)

export const kustomizationOf = (place: string): Kustomization =>
  parse(repositoryFile(`${place}/kustomization.yaml`)) as Kustomization

/** The manifests of a file, each document one. */
export function manifestsOf(path: string): Manifest[] {
  return parseAllDocuments(repositoryFile(path)).map((document) => document.toJS() as Manifest)
}

/** Where kubernetes-types, made from the cluster's own OpenAPI document, has the types of an API version. */
const modules: Record<string, string> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'batch/v1': 'batch/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'policy/v1': 'policy/v1',
  'networking.k8s.io/v1': 'networking/v1',
}

/**
 * What the compiler finds wrong when each manifest is written down as a value of its kind's type: unknown and missing fields and wrong types, as
 * `name: message`. A cluster refuses the same.
 */
export function schemaProblems(manifests: readonly Manifest[]): string[] {
  const file = join(dirname(fileURLToPath(import.meta.url)), 'manifests-as-values.ts')
  const lines = manifests.map((manifest, at) => {
    const from = `kubernetes-types/${modules[manifest.apiVersion] ?? manifest.apiVersion}`
    return `export const m${at}: import('${from}').${manifest.kind} = ${JSON.stringify(manifest)}`
  })
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.ESNext) : getSourceFile(name, ...rest)
  const program = ts.createProgram([file], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ start = 0, file: source, messageText }) => {
    const line = source?.getLineAndCharacterOfPosition(start).line ?? 0
    return `${manifests[line]?.metadata.name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}
