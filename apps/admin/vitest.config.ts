export { default } from '@ev/testing/vitest'
