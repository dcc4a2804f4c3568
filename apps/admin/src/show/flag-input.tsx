import { SelectInput, type SelectInputProps } from 'react-admin'

/** A filter for a flag: yes, no, or either. */
export function FlagInput(props: Omit<SelectInputProps, 'choices'>) {
  return (
    <SelectInput
      {...props}
      choices={[
        { id: 'true', name: 'Yes' },
        { id: 'false', name: 'No' },
      ]}
    />
  )
}
