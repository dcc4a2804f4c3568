/** The console's mark, beside its name; it says nothing by itself. */
export function Mark({ size }: { size: number }) {
  return <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width={size} height={size} />
}
