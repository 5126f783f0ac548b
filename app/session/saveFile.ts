/** Hands a text over to the browser's downloads. It stays on this device: the address is a blob of this page. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Later: some browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
