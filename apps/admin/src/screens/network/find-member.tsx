import { Autocomplete, TextField, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { Row } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'

type Found = Row<'/binary/nodes/search/'>

/** Fewer letters would find half the network. */
const shortest = 2
const mostOffered = 20

/** Finds a member by name, code, e-mail address or mobile number, and opens the network there. */
export function FindMember({ onFound }: { onFound: (node: number) => void }) {
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const { data, isFetching } = useQuery({
    queryKey: ['network-search', text],
    queryFn: ({ signal }) =>
      ask(api.GET('/binary/nodes/search/', { params: { query: { q: text, page_size: mostOffered } }, signal })),
    enabled: text.length >= shortest,
    placeholderData: (before) => before,
  })
  const offered: readonly Found[] = text.length >= shortest ? (data?.results ?? []) : []
  return (
    <Autocomplete<Found>
      sx={{ width: { xs: '100%', sm: 360 } }}
      options={offered}
      filterOptions={(options) => options}
      getOptionLabel={({ user_name }) => user_name}
      getOptionKey={({ id }) => id}
      inputValue={typed}
      value={null}
      blurOnSelect
      loading={isFetching}
      noOptionsText={text.length < shortest ? 'Type two letters or more.' : 'Nobody in the network is found by this.'}
      onInputChange={(_, value, reason) => reason === 'input' && setTyped(value)}
      onChange={(_, found) => {
        if (!found) return
        setTyped('')
        onFound(found.id)
      }}
      renderOption={({ key, ...props }, { user_name, referral_code, email, mobile }) => (
        <li key={key} {...props}>
          <span>
            {user_name}
            <Typography variant="body2" color="text.secondary" component="span" sx={{ display: 'block' }}>
              {[referral_code, email ?? mobile].filter(Boolean).join(' · ')}
            </Typography>
          </span>
        </li>
      )}
      renderInput={(props) => (
        <TextField {...props} label="Find a member" placeholder="Name, code, e-mail or mobile" margin="none" />
      )}
    />
  )
}
