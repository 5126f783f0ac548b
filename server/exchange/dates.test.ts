import { describe, expect, it } from 'vitest'
import { readBirthDate } from './dates.ts'

const TODAY = '2024-06-15'

describe('birth dates as people write them', () => {
  it.each([
    ['19900304', '1990-03-04'],
    ['1990-03-04', '1990-03-04'],
    ['1990/03/04', '1990-03-04'],
    ['25/12/1990', '1990-12-25'],
    ['5.4.1990', '1990-04-05'],
    ['1990-03-04T00:00:00Z', '1990-03-04'],
    ['1990-03-04 00:00', '1990-03-04'],
    [TODAY, TODAY],
  ])('%s is %s', (text, day) => expect(readBirthDate(text, TODAY)).toMatchObject({ day, estimated: false }))

  it.each([
    '19371233',
    '19900230',
    '31/02/1990',
    '04/25/1990',
    '1879-12-31',
    '2024-06-16',
    '12/05/90',
    'about 1960',
    '0000-00-00',
    '32876',
  ])('%s is unknown', (text) => expect(readBirthDate(text, TODAY).day).toBeNull())

  it.each([
    ['1990', '1990-07-01'],
    ['1990-03', '1990-03-15'],
    ['2024', '2024-01-01'],
  ])('%s alone is about %s', (text, day) => expect(readBirthDate(text, TODAY)).toMatchObject({ day, estimated: true }))

  it('says when day and month could be the other way round', () => {
    expect(readBirthDate('03/04/1990', TODAY)).toMatchObject({ day: '1990-04-03', ambiguous: true })
    expect(readBirthDate('13/04/1990', TODAY).ambiguous).toBe(false)
  })
})
