/**
 * Cuts a MySQL script into its statements, without their semicolons. Semicolons inside quotes and comments do not end a
 * statement. Compound bodies (BEGIN … END) are not understood: a trigger here has one statement as its body.
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let statement = ''
  for (const [token] of script.matchAll(tokens)) {
    if (token === ';') {
      statements.push(statement.trim())
      statement = ''
    } else if (!isComment(token)) {
      statement += token
    }
  }
  statements.push(statement.trim())
  return statements.filter((text) => text !== '')
}

// A line comment, a block comment, a quoted text (quotes doubled or escaped), or a single character.
const tokens =
  /--[ \t][^\n]*|--(?=\n)|#[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`[^`]*`|[\s\S]/g

function isComment(token: string): boolean {
  return token.length > 1 && (token.startsWith('--') || token.startsWith('#') || token.startsWith('/*'))
}
