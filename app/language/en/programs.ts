export const programs = {}
