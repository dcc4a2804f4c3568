/** Who the platform's mails and papers come from. */
export const company = {
  name: 'EV Platform',
  line: 'Electric vehicles through a network of distributors',
} as const
