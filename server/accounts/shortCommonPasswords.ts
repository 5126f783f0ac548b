/**
 * Passwords of 8 to 14 characters from the top of the public lists of leaked ones (SecLists), and those of a clinic here. They
 * matter only beside a second factor, where so few characters are allowed.
 */
export const SHORT_COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  password password1 password12 password123 password1234 password12345 passw0rd p@ssw0rd p@ssword pa55word pass1234 passpass
  12345678 123456789 1234567890 12345678910 11111111 00000000 88888888 87654321 987654321 123123123 112233445566 123qwe123 12341234 11223344
  qwertyui qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyuiop 1qaz2wsx 1q2w3e4r 1q2w3e4r5t qazwsxedc zaq12wsx asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 q1w2e3r4
  iloveyou iloveyou1 iloveyou2 iloveyou123 iloveu123 sunshine sunshine1 princess princess1 football football1 baseball baseball1 superman superman1
  basketball liverpool liverpool1 chelsea1 chelsea123 arsenal1 arsenal123 manchester manutd123 barcelona realmadrid juventus
  welcome1 welcome12 welcome123 letmein1 letmein123 trustno1 whatever michelle jennifer computer internet starwars startrek
  dragon123 monkey123 master123 shadow123 michael1 charlie1 jordan23 mustang1 corvette maverick samantha victoria
  abc12345 abcd1234 abcdefgh abcdefg1 a1b2c3d4 aa123456 admin123 admin1234 administrator changeme changeme1 secret123 test1234 guest123 user1234 root1234
  hospital hospital1 hospital123 clinic123 doctor123 doctor1234 medical1 medical123 nursing1 health123 patient1
  nairobi1 nairobi123 kenya123 kenya254 tanzania tanzania1 uganda123 mombasa1 africa123 hakunamatata jesus123 jesuschrist jesusislord godisgood blessed1 blessing mungu123
  samsung1 samsung123 android1 google123 facebook facebook1 whatsapp youtube123 love1234 lovelove mahalakshmi krishna1 bismillah muhammad allahuakbar alhamdulillah
  `
    .trim()
    .split(/\s+/),
)
