export { catalogue, isMessageName, type MessageName, messageNames, type Payload } from './catalogue.ts'
export type { ClaimOptions, DeliveryRow, DeliveryStore, NewDelivery, ParkedRow } from './database/delivery-store.ts'
export { createDatabaseTransport, type DatabaseTransportOptions } from './database/transport.ts'
export { type Envelope, type EnvelopeOf, parseDelivery, parseEnvelope } from './envelope.ts'
export {
  type HandlerName,
  type HandlerPolicy,
  handlerCatalogue,
  handlerNames,
  handlersOf,
  type IsBatched,
  type MessagesOf,
  policyOf,
} from './handler-catalogue.ts'
export type { Handler, Handlers } from './handlers.ts'
export { done, type Outcome, outcomeOf } from './outcome.ts'
export { createRabbitTransport, type RabbitTransportOptions } from './rabbitmq/transport.ts'
export {
  createRelay,
  type OutboxRow,
  type OutboxSource,
  type PublishedPage,
  type Relay,
  type RelayOptions,
} from './relay.ts'
export type {
  Clock,
  Deliver,
  Delivered,
  Log,
  ParkedMessage,
  PublishOutcome,
  Subscription,
  Transport,
  TransportHealth,
} from './transport.ts'
