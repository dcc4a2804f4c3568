import type { CreateVehicle } from '@ev/application'
import { rupees } from '@ev/domain'

/** The catalogue of the demo story; each with a picture beside this file. */
export const demoVehicles: readonly (Omit<CreateVehicle, 'actorId'> & { readonly picture: string })[] = [
  {
    name: 'Vayu City',
    colors: ['Pearl White', 'Sky Blue'],
    batteryVariants: ['2.2 kWh'],
    price: rupees(89_999),
    status: 'available',
    description: 'A light scooter for the way to work and back.',
    features: ['Removable battery', 'Reverse mode', 'LED lights'],
    specifications: { range: '95 km', 'top speed': '55 km/h', charging: '4 h' },
    stockQuantity: 25,
    picture: 'vayu-city.webp',
  },
  {
    name: 'Vayu Max',
    colors: ['Graphite', 'Coral Red'],
    batteryVariants: ['3.4 kWh', '4.0 kWh'],
    price: rupees(124_999),
    status: 'available',
    description: 'The long-range scooter with room for two.',
    features: ['Fast charging', 'Hill hold', 'Navigation'],
    specifications: { range: '150 km', 'top speed': '85 km/h', charging: '3 h' },
    stockQuantity: 10,
    picture: 'vayu-max.webp',
  },
  {
    name: 'Bhima Cargo',
    colors: ['Sun Yellow'],
    batteryVariants: ['7.5 kWh'],
    price: rupees(289_000),
    status: 'available',
    description: 'A three-wheeler that carries half a tonne through narrow streets.',
    features: ['Tipping bed', 'Swappable battery'],
    specifications: { range: '110 km', payload: '500 kg', charging: '5 h' },
    stockQuantity: null,
    picture: 'bhima-cargo.webp',
  },
]
