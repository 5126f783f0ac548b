/**
 * react-aria tells of a pending button by pointing at it, and keeps that for 7 seconds. When the button has gone meanwhile
 * it points at nothing: an image without a name, for whoever walks through the page with a screen reader.
 */
export function dropStaleAnnouncements(): void {
  for (const said of document.querySelectorAll('[data-live-announcer] [role="img"]')) {
    if (document.getElementById(said.getAttribute('aria-labelledby')?.split(' ')[0] ?? '') === null) said.remove()
  }
}
