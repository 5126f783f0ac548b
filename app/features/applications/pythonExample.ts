import type { Credentials } from '#domain/partners/application.ts'

/** A program that works as it stands, but for the client's number. */
export function pythonExample(origin: string, { clientId, clientSecret }: Credentials): string {
  return `import requests

ORIGIN = "${origin}"

token = requests.post(
    f"{ORIGIN}/api/auth/token/",
    json={"client_id": "${clientId}", "client_secret": "${clientSecret}"},
).json()["access_token"]

client = requests.get(
    f"{ORIGIN}/api/external/clients/CLIENT_NUMBER/",
    headers={"Authorization": f"Bearer {token}"},
)
print(client.status_code, client.json())`
}
