export const clients = {}
