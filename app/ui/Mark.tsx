/** The mark: two halves of a cross that meet, one on the tablet, one on the server. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" fill="currentColor">
      <path d="M12 3h8v9h9v8h-7.6L12 10.6z" />
      <path d="M20 29h-8v-9H3v-8h7.6L20 21.4z" opacity=".6" />
    </svg>
  )
}
