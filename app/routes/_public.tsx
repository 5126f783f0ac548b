import { Outlet } from '@remix-run/react'
import { PublicFrame } from '#app/features/shell/PublicFrame.tsx'

export default function Public() {
  return (
    <PublicFrame>
      <Outlet />
    </PublicFrame>
  )
}
