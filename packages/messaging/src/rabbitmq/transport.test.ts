import { describe, test } from 'vitest'
import { rabbitHarness, rabbitUrl } from '../testing/rabbit-harness.ts'
import { transportContract } from '../testing/transport-contract.ts'

const url = await rabbitUrl(process.env)

if (url === null) describe('RabbitMQ: transport contract', () => test.skip('RabbitMQ does not answer', () => {}))
else transportContract('RabbitMQ', async () => rabbitHarness(url))
