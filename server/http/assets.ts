import { join } from 'node:path'
import express, { type RequestHandler } from 'express'

/** The built app. Names with a hash never change; everything else, the service worker first of all, is asked for again. */
export function assets(folder: string): RequestHandler[] {
  return [
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }),
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  ]
}
