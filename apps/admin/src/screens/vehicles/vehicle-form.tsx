import {
  type RaRecord,
  RecordContextProvider,
  required,
  SelectInput,
  SimpleForm,
  TextArrayInput,
  TextInput,
  useRecordContext,
} from 'react-admin'
import { typedRupees } from '../../money/rupees.ts'

export const vehicleStatuses = [
  { id: 'available', name: 'Available' },
  { id: 'out_of_stock', name: 'Out of stock' },
  { id: 'discontinued', name: 'Discontinued' },
] as const

const isPrice = (typed: unknown) =>
  typedRupees(String(typed ?? '')) === null ? 'An amount in rupees with at most two decimals.' : undefined

/** Text in, number or null out: what is left empty is not counted. */
const readStock = (typed: string) => (/^\d{1,6}$/.test(typed) ? Number(typed) : typed === '' ? null : typed)
const isStock = (value: unknown) =>
  value === null || value === undefined || typeof value === 'number' ? undefined : 'A whole number, or nothing.'

const isLines = (text: unknown) =>
  linesOf(text).every((line) => /^[^:]+:.*\S/.test(line)) ? undefined : 'Each line needs a name, a colon and a value.'

/** What is said of a vehicle. Specifications are typed as lines, `Range: 120 km`. */
export function VehicleForm() {
  const record = useRecordContext()
  const shown = record && { ...record, specification_lines: toLines(record['specifications']) }
  return (
    <RecordContextProvider value={shown}>
      <SimpleForm>
        <TextInput source="name" validate={required()} />
        <TextInput source="price" label="Price in rupees" validate={[required(), isPrice]} />
        <SelectInput source="status" choices={[...vehicleStatuses]} defaultValue="available" validate={required()} />
        <TextInput
          source="stock_quantity"
          label="In stock"
          parse={readStock}
          validate={isStock}
          helperText="Leave it empty to sell without counting."
        />
        <TextArrayInput source="vehicle_color" label="Colours" helperText="Press Enter after each." />
        <TextArrayInput source="battery_variant" label="Batteries" helperText="Press Enter after each." />
        <TextArrayInput source="features" label="Features" helperText="Press Enter after each." />
        <TextInput source="description" multiline rows={3} />
        <TextInput
          source="specification_lines"
          label="Specifications"
          multiline
          rows={5}
          validate={isLines}
          helperText="One a line: Range: 120 km"
        />
      </SimpleForm>
    </RecordContextProvider>
  )
}

/** The form's values as the API takes them. */
export function toVehicle({ specification_lines, price, ...values }: RaRecord | Record<string, unknown>) {
  const pairs = linesOf(specification_lines).map((line) => {
    const [name = '', ...value] = line.split(':')
    return [name.trim(), value.join(':').trim()] as const
  })
  return { ...values, price: typedRupees(String(price)) ?? price, specifications: Object.fromEntries(pairs) }
}

const linesOf = (text: unknown) =>
  String(text ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')

const toLines = (specifications: unknown) =>
  Object.entries(specifications ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
