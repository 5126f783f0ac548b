/** Grey bars where words will be. `label` is what assistive technology hears instead. */
export function Skeleton({ lines = 4, label }: { lines?: number; label: string }) {
  return (
    <div role="status" className="flex animate-pulse flex-col gap-4 motion-reduce:animate-none">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no other identity and never change places.
        <span key={index} aria-hidden="true" className={`block h-6 rounded bg-sunken ${WIDTHS[index % WIDTHS.length]}`} />
      ))}
    </div>
  )
}

const WIDTHS = ['w-3/4', 'w-full', 'w-5/6', 'w-2/3']
