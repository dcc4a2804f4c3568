/** What may read more than an index and its page, by what the test says of it, each with its reason. Everything else fails the test. */
export const exceptions: readonly { readonly complaint: RegExp; readonly reason: string }[] = [
  {
    complaint: /FROM placements WHERE placements\.seq > \? ORDER BY placements\.seq ASC/,
    reason: 'The index of the tree in memory takes up new placements once, page by page, whatever the list.',
  },
  {
    complaint: /FROM placements .*placements\.seq IN \(/,
    reason:
      'A small team is looked through by its places, a bounded number at a time; a large one is found by names first.',
  },
  {
    complaint: /FROM users WHERE users\.(first|last)_name LIKE /,
    reason: 'Names match in either case, and the index of SQLite knows one: the embedded database looks through them.',
  },
  {
    complaint: /FROM outbox_messages .*ORDER BY outbox_messages\.id DESC LIMIT/,
    reason: 'Messages are removed some days after they were published, so there are few pages of them to pass over.',
  },
  {
    complaint: /sorts many rows of wallet_transactions by wallet_transactions_user_id_/,
    reason:
      'MariaDB may take another of a member’s indexes and sort its entries: none but the member’s, and no row is fetched.',
  },
  {
    complaint: /sorts many rows of users .*LIMIT \? OFFSET \? \[.*"2000","0"\]/,
    reason: 'Candidates of a search of the network are looked up by each column, at most 2,000, from the index alone.',
  },
]
