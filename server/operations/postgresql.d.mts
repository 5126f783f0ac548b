export function startOwnPostgresql(folder: string): Promise<{ url: string; stop(): Promise<void> }>
export function freePort(): Promise<number>
