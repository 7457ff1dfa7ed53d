import { catalogue } from '@/i18n';
import type en from '@/i18n/en/rules';

export default catalogue<typeof en>([], {
  required: 'Izvi zvinodiwa.',
  characters: 'Pane mavara asingabvumidzwi.',
  too_short: 'Panofanira kuva nemavara anosvika {min}.',
  too_long: 'Panofanira kuva nemavara asingapfuuri {max}.',
  email: 'Iyi inofanira kuva email.',
  link: 'Iyi inofanira kuva kero yepawebhu.',
  code: 'Iyi inofanira kuva nhamba nhanhatu.',
  phone: 'Iyi inofanira kuva nhamba yakaita sa077 123 4567.',
  username: 'Panobvumidzwa mabhii, manhamba ne_ chete.',
  whole: 'Iyi inofanira kuva nhamba izere.',
  decimals: 'Iyi inofanira kuva nhamba ine madesimari maviri chete.',
  between: 'Panofanira kubva pa{min} kusvika pa{max}.',
  too_many: 'Zvinofanira kusapfuura {max}.',
  entry_long: 'Chimwe nechimwe chinofanira kuva nemavara asingapfuuri {max}.',
  dates_wrong: 'Hazvifaniri kupera zvisati zvatanga.',
});
