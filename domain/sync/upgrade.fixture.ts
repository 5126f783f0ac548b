/**
 * Changes as tablets have stored and sent them, as JSON text, by schemaVersion. A line is never corrected: a tablet
 * somewhere still holds it. Raising SCHEMA_VERSION adds a list here, and an upgrade in upgrade.ts.
 */
export const STORED_CHANGES: Record<number, readonly string[]> = {
  1: [
    '{"deviceId":"0b7c1d5e-device-1","n":1,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a11","collection":"clients","recordId":"7K2M9QXA41RTB","op":"create","fields":{"givenName":{"from":null,"to":"Neema"},"sex":{"from":null,"to":"female"},"bornOnEstimated":{"from":null,"to":false},"facilityId":{"from":null,"to":"main"}},"base":0,"actor":"a1","deviceTime":1767225600000,"schemaVersion":1}',
    '{"deviceId":"0b7c1d5e-device-1","n":2,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a12","collection":"enrollments","recordId":"7K2M9QXA41RTB.HIV-001.1","op":"create","fields":{"clientId":{"from":null,"to":"7K2M9QXA41RTB"},"programId":{"from":null,"to":"HIV-001"},"episode":{"from":null,"to":1},"status":{"from":null,"to":"active"},"enrolledOn":{"from":null,"to":"2026-01-01"}},"base":0,"actor":"a1","deviceTime":1767225601000,"schemaVersion":1}',
    '{"deviceId":"0b7c1d5e-device-1","n":3,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a13","collection":"clients","recordId":"7K2M9QXA41RTB","op":"edit","fields":{"phone":{"from":null,"to":"0700 000 001"}},"base":12,"actor":"a1","deviceTime":1767225602000,"schemaVersion":1,"epoch":"Zx0aQ1b2c3d4e5f6"}',
    '{"deviceId":"0b7c1d5e-device-1","n":4,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a14","collection":"clients","recordId":"7K2M9QXA41RTB","op":"delete","fields":{"givenName":{"from":"Neema","to":"Neema"}},"base":15,"actor":"a1","deviceTime":1767225603000,"schemaVersion":1,"epoch":"Zx0aQ1b2c3d4e5f6"}',
    '{"deviceId":"0b7c1d5e-device-1","n":5,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a15","collection":"clients","recordId":"7K2M9QXA41RTB","op":"restore","fields":{"givenName":{"from":"Neema","to":"Neema"}},"base":15,"actor":"a1","deviceTime":1767225604000,"schemaVersion":1,"epoch":"Zx0aQ1b2c3d4e5f6"}',
    '{"deviceId":"0b7c1d5e-device-1","n":6,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a16","collection":"issues","recordId":"rejected.6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a10","op":"edit","fields":{"state":{"from":"open","to":"resolved"}},"base":14,"actor":"a1","deviceTime":1767225605000,"schemaVersion":1,"epoch":"Zx0aQ1b2c3d4e5f6"}',
  ],
  2: [
    '{"deviceId":"0b7c1d5e-device-1","n":7,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a17","collection":"enrollments","recordId":"7K2M9QXA41RTB.HIV-001.1","op":"edit","fields":{"nextVisitOn":{"from":null,"to":"2026-02-01"}},"base":16,"actor":"a1","deviceTime":1767225606000,"schemaVersion":2,"epoch":"Zx0aQ1b2c3d4e5f6"}',
    '{"deviceId":"0b7c1d5e-device-1","n":8,"changeId":"6f0e9a52-4c83-4a55-9a0e-0d5b4d2c7a18","collection":"enrollments","recordId":"7K2M9QXA41RTB.HIV-001.1","op":"edit","fields":{"nextVisitOn":{"from":"2026-02-01","to":null},"visitOutcome":{"from":null,"to":"came"},"visitOn":{"from":null,"to":"2026-02-01"}},"base":17,"actor":"a1","deviceTime":1767225607000,"schemaVersion":2,"epoch":"Zx0aQ1b2c3d4e5f6"}',
  ],
}
