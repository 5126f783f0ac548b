/** The browser refuses to keep data (a private window, blocked site data, a broken database). */
export class StorageRefused extends Error {}
