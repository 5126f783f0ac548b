import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { encode } from 'uqr'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { clientHeading, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** What Chromium shows instead of a camera: read when the camera is opened. */
const FILM = resolve('.cache/card.y4m')
const [WIDTH, HEIGHT] = [640, 480]

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${FILM}`]
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera] })
  },
})

test('a card is held to the camera, without a server: its client opens; another code is called what it is', async ({
  district,
  browserOf,
}) => {
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Kadi', familyName: 'Scanned', age: 27 })
  await readyOffline(page)
  await district.stop()
  const scan = page.getByRole('button', { name: t('home.scan.open') })

  await test.step('a code that is no card', async () => {
    film('https://example.org/menu')
    await page.goto('/')
    await scan.click()
    await expect(page.getByText(t('home.scan.notACard'))).toBeVisible()
    await expectGoodScreen(page, 'scanning', { narrows: false })
    await page.getByRole('button', { name: t('fields.cancel') }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
  await test.step('the card of a client who is here', async () => {
    film(number)
    await scan.click()
    await expect(clientHeading(page, 'Kadi Scanned')).toBeVisible()
  })
  await test.step('the card of somebody who is not on this tablet', async () => {
    film('0123456789AB0')
    await page.goto('/')
    await scan.click()
    await expect(page.getByText(t('home.scan.notACard'))).toBeVisible()
    await page.getByRole('button', { name: t('fields.cancel') }).click()
    film(ELSEWHERE)
    await scan.click()
    await expect(page.getByText(t('home.nothing', { typed: spokenClientNumber(ELSEWHERE) }))).toBeVisible()
  })
})

/** A number with a right check character that nobody here has. */
const ELSEWHERE = '7K2M9QXA41RTB'

/** A film of one card in grey (YUV4MPEG2): light beside, the code in the middle. */
function film(text: string): void {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const scale = Math.floor((HEIGHT * 0.8) / size)
  const [left, top] = [Math.floor((WIDTH - size * scale) / 2), Math.floor((HEIGHT - size * scale) / 2)]
  const grey = Buffer.alloc(WIDTH * HEIGHT, 180)
  for (let y = 0; y < size * scale; y += 1) {
    for (let x = 0; x < size * scale; x += 1) {
      grey[(top + y) * WIDTH + left + x] = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 16 : 235
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)])
  mkdirSync(dirname(FILM), { recursive: true })
  writeFileSync(
    FILM,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420jpeg\n`), ...Array.from({ length: 5 }, () => frame)]),
  )
}
