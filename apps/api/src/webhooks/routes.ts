import { takePaymentEventRoute } from './take-payment-event.ts'

export const webhookRoutes = [takePaymentEventRoute]
