/** Given and family names that are common along the coast, in the highlands and around the lake; no real person is meant. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const DEMO_NAMES = {
  female: words(`Wanjiku Wanjiru Njeri Nyambura Wambui Wairimu Wangari Akinyi Achieng Atieno Adhiambo Anyango Awino Chebet
    Jepkosgei Cherono Chepkemoi Mwende Mumbua Ndanu Nafula Nekesa Fatuma Halima Zainabu Amina Asha Mwanaisha Khadija
    Mariam Saida Rukia Salma Zuhura Leila Neema Upendo Furaha Rehema Subira Pendo Grace Mary Jane Esther Faith Mercy
    Joyce Agnes Lydia Caroline Beatrice Janet Lucy Ruth Naomi Eunice Salome Tabitha Irene Gloria Joan Alice Hellen`),
  male: words(`Kamau Mwangi Njoroge Kariuki Otieno Ochieng Odhiambo Omondi Kipchoge Kiprono Kipkemboi Cheruiyot Mutua
    Musyoka Kioko Wafula Barasa Simiyu Juma Hamisi Salim Rashid Mohamed Ali Hassan Hussein Omar Yusuf Ibrahim Suleiman
    Abdalla Khalid Said Idris Bakari Ramadhani Athumani Baraka Daudi Elijah John Peter James Joseph David Daniel Samuel
    Emmanuel Brian Kevin Musa Isaac Stephen Victor Dennis Collins George Patrick Simon Philip Moses Evans Felix Amos`),
  family: words(`Kamau Mwangi Njoroge Karanja Kimani Maina Kariuki Gitau Macharia Waweru Ndungu Otieno Odhiambo Ouma
    Ochieng Okoth Owino Onyango Oduor Opiyo Cheruiyot Kiptoo Rotich Langat Koech Bett Kosgei Mutiso Mutua Musyoka Kilonzo
    Nzioka Wafula Barasa Wekesa Simiyu Makokha Shikuku Hassan Mohamed Abdi Ali Juma Said Salim Omar Bakari Athumani
    Mushi Massawe Mrema Kimaro Lyimo Shayo Swai Mwakyusa Mwasaka Mbwana Makame Haji Kombo Khamis Faki Mwinyi Kessy
    Mollel Laizer Sanga Mhagama Komba Ngowi Tarimo Temba Mtui Urio Nyange Mwita Chacha Marwa Okello Ssali Mukasa Nsubuga
    Warsame Farah Guled Osman Ahmed Ismail Abdullahi Haddad Mansour Nasser Saleh Bashir Deng Lado Girma Tesfaye`),
} as const

export const DEMO_PLACES = words(`Kibera Kawangware Eastleigh Likoni Nyali Bondo Siaya Kisii Moshi Arusha Temeke Ilala
  Ubungo Tanga Lamu Voi Nakuru Thika Kitale Eldoret Malindi Kilifi Homabay Migori Bungoma`)
