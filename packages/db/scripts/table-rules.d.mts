export declare const checks: readonly { readonly table: string; readonly name: string; readonly condition: string }[]
export declare const appendOnlyTables: readonly string[]
export declare const exactTextColumns: Readonly<Record<string, readonly string[]>>
