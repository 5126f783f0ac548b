/**
 * Passwords of 15 characters and more that stand in the public lists of leaked ones (SecLists, the long entries of
 * its top 100,000), in lower case and without spaces. Repetitions and keyboard rows are found by rule instead.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  passwordpassword password12345678 password123456789 password1234567890 passw0rdpassw0rd p@ssw0rdp@ssw0rd
  mypasswordispassword thisismypassword thisisapassword mypassword12345 mypassword123456 newpassword12345
  correcthorsebatterystaple correct-horse-battery-staple iloveyousomuch1 iloveyousomuch123 iloveyouforever
  iloveyouforever1 iloveyou123456789 iloveyou1234567 ilovemyfamily123 ilovejesuschrist ilovemyselfalways
  letmeinletmein123 letmeinletmeinletmein pleaseletmein123 opensesameopensesame administrator123 administrator1234
  administrator12345 administratoradmin adminadminadmin adminadminadmin1 superadministrator welcome123456789
  welcomewelcome12 welcometothejungle changemechangeme changeme12345678 changeme123456789 pleasechangeme123
  trustno1trustno1 qwertyuiopasdfgh qwertyuiop123456 qwertyuiop1234567890 qwerty1234567890 qwertyqwertyqwerty
  asdfghjkl123456789 asdfghjklasdfghjkl zxcvbnmzxcvbnm123 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc4rfv
  1qaz2wsx3edc4rfv5tgb qazwsxedcrfvtgb qazwsxedcrfvtgbyhn zaq12wsxcde34rfv q1w2e3r4t5y6u7i8 abc123abc123abc123
  abcd1234abcd1234 abcdefghijklmno abcdefghijklmnop abcdefghijklmnopqrstuvwxyz a1b2c3d4e5f6g7h8 aa123456789aa123456789
  jesuschristislord jesusismysavior jesuslovesme123 godisgoodallthetime godisgood123456 inthenameofjesus
  hakunamatata1234 hakunamatata12345 hakunamatatahakuna manchesterunited manchesterunited1 manchestercity123
  liverpoolfc12345 arsenalarsenal123 barcelonabarcelona realmadrid123456 chelseafootballclub supercalifragilistic
  supercalifragilisticexpialidocious maythe4thbewithyou maytheforcebewithyou onceuponatime123 happybirthday123
  happybirthdaytoyou goodmorning12345 spongebobsquarepants michaeljackson123 leonardodicaprio harrypotter12345
  christianoronaldo cristianoronaldo cristianoronaldo7 bismillahirrahmanirrahim alhamdulillah123 alhamdulillahirabbilalamin
  computercomputer internetinternet securitysecurity secretsecretsecret topsecretpassword nobodyknowsthis
  hospitalhospital hospital123456789 clinicclinicclinic doctordoctordoctor doctor123456789 medicalmedical123
  footballfootball baseballbaseball sunshinesunshine princessprincess butterflybutterfly chocolatechocolate
  `
    .trim()
    .split(/\s+/),
)
