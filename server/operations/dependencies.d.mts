export const PAGE: string
export const ALLOWED_LICENCES: string[]
export function productionDependencies(): { name: string; version: string; licence: string; reason?: string; brings: string[] }[]
export function productionPackages(): { name: string; licence: string }[]
export function isAllowed(licence: string): boolean
export function page(): string
