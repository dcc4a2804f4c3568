/** Statements that may read more than an index and their page, each with its reason. Everything else that does fails the test. */
export const exceptions: readonly { readonly statement: RegExp; readonly reason: string }[] = [
  {
    statement: /FROM placements WHERE placements\.seq > \? ORDER BY placements\.seq ASC/,
    reason: 'The index of the tree in memory takes up new placements once, page by page, whatever the list.',
  },
  {
    statement: /FROM placements .*placements\.seq IN \(/,
    reason:
      'A small team is looked through by its places, a bounded number at a time; a large one is found by names first.',
  },
  {
    statement: /FROM users WHERE users\.(first|last)_name LIKE /,
    reason: 'Names match in either case, and the index of SQLite knows one: the embedded database looks through them.',
  },
  {
    statement: /FROM outbox_messages .*ORDER BY outbox_messages\.id DESC LIMIT/,
    reason: 'Messages are removed some days after they were published, so there are few pages of them to pass over.',
  },
]
