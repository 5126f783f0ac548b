// Before the first paint: the theme and the text size that app/session/settings.ts keeps on this device.
try {
  const { theme, size } = JSON.parse(localStorage.getItem('hims.settings') ?? '{}')
  if (theme) document.documentElement.dataset.theme = theme
  if (size) document.documentElement.dataset.size = size
} catch {
  // Without storage the page looks as the system wishes.
}
