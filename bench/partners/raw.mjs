// What no partner API over SQLite on Node can be quicker than: node:http, three prepared statements, one durable log row for
// each request, written in groups, and nothing else. Arguments: the database file, the token, how many clients.
import { createServer } from 'node:http'
import BetterSqlite3 from 'better-sqlite3'

const [file, token, count] = process.argv.slice(2)
const database = new BetterSqlite3(file)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec(`CREATE TABLE application (id INTEGER PRIMARY KEY, token TEXT UNIQUE, disabled INTEGER);
  CREATE TABLE program (id TEXT PRIMARY KEY, name TEXT);
  CREATE TABLE client (id TEXT PRIMARY KEY, given TEXT, family TEXT, email TEXT, address TEXT, born TEXT, created INTEGER, updated INTEGER);
  CREATE TABLE enrollment (client TEXT, program TEXT, day TEXT); CREATE INDEX enrollment_client ON enrollment (client);
  CREATE TABLE log (seq INTEGER PRIMARY KEY, at INTEGER, application INTEGER, ip TEXT, status INTEGER, subject TEXT);`)
const fill = database.transaction(() => {
  database.prepare('INSERT INTO application VALUES (1, ?, 0)').run(token)
  for (let index = 0; index < 3; index += 1) database.prepare('INSERT INTO program VALUES (?, ?)').run(`P-${index}`, `Program ${index}`)
  const client = database.prepare('INSERT INTO client VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const enrollment = database.prepare('INSERT INTO enrollment VALUES (?, ?, ?)')
  for (let index = 0; index < Number(count); index += 1) {
    const id = `CLIENT${String(index).padStart(7, '0')}`
    client.run(id, 'Neema', `Otieno ${index}`, `n${index}@example.org`, '12 Hill Rd', '1990-05-05', 1, 2)
    enrollment.run(id, `P-${index % 3}`, '2024-01-01')
  }
})
fill()
const application = database.prepare('SELECT id FROM application WHERE token = ? AND disabled = 0')
const client = database.prepare('SELECT * FROM client WHERE id = ?')
const programs = database.prepare('SELECT p.id, p.name, e.day FROM enrollment e JOIN program p ON p.id = e.program WHERE e.client = ?')
const log = database.prepare('INSERT INTO log (at, application, ip, status, subject) VALUES (?, ?, ?, ?, ?)')

let waiting = []
const commit = () => {
  const group = waiting
  waiting = []
  database.exec('BEGIN')
  for (const { row } of group) log.run(...row)
  database.exec('COMMIT')
  for (const { response, status, body } of group)
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body)
}
const server = createServer((request, response) => {
  const id = /^\/api\/external\/clients\/([^/]+)\/$/.exec(request.url)?.[1]
  const who = application.get((request.headers.authorization ?? '').slice('Bearer '.length))
  const found = who && client.get(id)
  const status = who ? (found ? 200 : 404) : 401
  const body = found
    ? JSON.stringify({
        id: found.id,
        name: `${found.given} ${found.family}`,
        email: found.email,
        age: new Date().getUTCFullYear() - Number(found.born.slice(0, 4)),
        address: found.address,
        programs: programs.all(id).map((one) => ({ program_id: one.id, program_name: one.name, enrollment_date: one.day })),
        metadata: { created_at: new Date(found.created).toISOString(), last_updated: new Date(found.updated).toISOString() },
      })
    : '{}'
  if (waiting.length === 0) setImmediate(commit)
  waiting.push({ row: [Date.now(), who?.id ?? null, request.socket.remoteAddress, status, id], response, status, body })
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.on('disconnect', () => process.exit(0))
