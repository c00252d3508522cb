import type { Catalog } from "./wording";

const join = "Toque para entrar: {link}\nVence {until}. ¿Ayuda? Responda AYUDA.";

/** Spanish of the United States, in the polite form. */
export const es: Catalog = {
  dates: "es-US",
  direction: "ltr",
  visit: {
    patient: "su videoconsulta con {clinician}",
    clinician: "su videoconsulta",
    guest: "la videoconsulta con {clinician} a la que le invitan",
  },
  at: (time) => `a las ${time}`,
  onDayAt: (day, time) => `el ${day} a las ${time}`,
  minutes: (count) => `${count} min`,
  within: (lasting) => `en ${lasting}`,
  hours: (count) => `${count} h`,
  days: (count) => `${count} días`,
  messages: {
    initial: {
      sms: `{Visit} empieza {when}.\n${join}`,
      subject: "{Visit}",
      opening: "{Visit} empieza {when}.",
    },
    reminder: {
      sms: "Recordatorio: {visit} {when}.\nEntrar: {link}\nResponda AYUDA o ALTO.",
      subject: "Recordatorio: {visit}",
      opening: "{Visit} empieza {when}.",
    },
    resend: {
      sms: `{Visit} empieza {when}.\n${join}`,
      subject: "Enlace nuevo: {visit}",
      opening: "{Visit} empieza {when}.",
    },
    rescheduled: {
      sms: `{Visit} cambió de hora: empieza {when}.\n${join}`,
      subject: "Hora nueva: {visit}",
      opening: "{Visit} cambió de hora: empieza {when}.",
    },
    cancelled: {
      sms: "{Visit} {when} se canceló.\nPara otra cita, llame al {phone}.",
      subject: "Cancelada: {visit}",
      opening: "{Visit} {when} se canceló.",
    },
    late: {
      sms: "{Visit} lleva unos {minutes} de retraso. Debe empezar {when}.",
      subject: "Con retraso: {visit}",
      opening: "{Visit} lleva unos {minutes} de retraso. Debe empezar {when}.",
    },
    "on-time": {
      sms: "{Visit} vuelve a su hora. Empieza {when}.",
      subject: "A su hora: {visit}",
      opening: "{Visit} vuelve a su hora. Empieza {when}.",
    },
    "patient-waits": {
      sms: "{Visit}: su paciente ya llegó y le espera.\nEntrar: {link}",
      subject: "Su paciente espera",
      opening: "Su paciente ya llegó y le espera. {Visit} estaba prevista {when}.",
    },
    "time-kept": {
      sms: "{Visit} {when} sigue igual. Respondimos lo que pidió: entre en su página para leerlo o llame al {phone}.",
      subject: "Respondimos lo que pidió: {visit}",
      opening:
        "Respondimos lo que pidió. {Visit} {when} sigue igual. Entre en su página para leer la respuesta o llame al {phone}.",
    },
    check: {
      sms: "Pruebe su cámara y su sonido antes de {visit} {when}:\n{check}\nToma un minuto.",
      subject: "Pruebe su cámara: {visit}",
      opening: "Pruebe su cámara y su sonido antes de {visit} {when}. Toma un minuto.",
    },
    series: {
      sms: "{Visit} empieza {when}. Es la primera de {count}.\nToque para entrar: {link}\nAntes de cada una le enviamos otro enlace.",
      subject: "{Visit}: la primera de {count}",
      opening: "{Visit} empieza {when}. Es la primera de {count}.",
    },
    "series-moved": {
      sms: "{Visit} cambió de hora: empieza {when}. También cambian las siguientes, {count} en total.\nEntrar: {link}",
      subject: "Horas nuevas: {visit}",
      opening: "{Visit} cambió de hora: empieza {when}. También cambian las siguientes, {count} en total.",
    },
    "series-cancelled": {
      sms: "{Visit} {when} se canceló, y también las siguientes: {count} en total.\nPara otra cita, llame al {phone}.",
      subject: "Canceladas: {visit} y las siguientes",
      opening: "{Visit} {when} se canceló, y también las siguientes: {count} en total.",
    },
  },
  join: "Toque para entrar: {link}",
  tryFirst: "Probar: {check}",
  replies: {
    stopped: "{clinic}: no le enviaremos más textos. Responda START para recibirlos de nuevo.",
    resumed: "{clinic}: volverá a recibir nuestros textos. Responda ALTO para no recibirlos.",
    help: "{clinic}: textos sobre sus videoconsultas. Para ayuda, llame al {phone}. Responda ALTO para no recibirlos.",
    unread: "Nadie lee este número. Para ayuda, llame al {phone}. En una emergencia, llame al 911.",
  },
  own: {
    "own-page":
      "{clinic}: vea sus videoconsultas en una página solo suya: {link}\nEl enlace es solo para usted. Sirve una vez, durante 7 días.",
    "own-code": "{clinic}: su código es {code}. Sirve 10 min. Nunca le pedimos que nos lo diga.",
    room: "{clinic}: le invitan a una llamada privada de voz. Toque para entrar: {link}\nEl enlace es solo para usted.",
    callback: "{clinic}: le devolveremos la llamada. Vea cuándo, cámbiela o cancélela: {link}",
    "callback-missed":
      "{clinic}: le llamamos dos veces y no le encontramos. Pida otra llamada o llámenos: {link}",
    "callback-expired":
      "{clinic}: lo sentimos, no pudimos llamarle a tiempo. Pida otra llamada o llámenos: {link}",
  },
  notices: {
    "account-exists": {
      subject: "Ya tiene una cuenta",
      opening: "Alguien intentó crear una cuenta con esta dirección de correo. Usted ya tiene una.",
      more: "¿Fue usted? Inicie sesión, o elija una contraseña nueva si la olvidó. Si no fue usted, no tiene que hacer nada.",
      button: "Iniciar sesión",
    },
    "password-changed": {
      subject: "Se cambió su contraseña",
      opening: "Se cambió la contraseña de su cuenta.",
      more: "¿Fue usted? Entonces no tiene que hacer nada. Si no, elija ahora una contraseña nueva y llame al {phone}.",
      button: "Elegir una contraseña nueva",
    },
    "recovery-codes-made": {
      subject: "Se crearon códigos de recuperación",
      opening: "Se crearon códigos de recuperación nuevos para su cuenta.",
      more: "¿Fue usted? Guárdelos en un lugar seguro; los anteriores ya no sirven. Si no, cambie ahora su contraseña y llame al {phone}.",
      button: "Ir a su cuenta",
    },
    "recovery-code-used": {
      subject: "Se usó un código de recuperación",
      opening: "Alguien inició sesión en su cuenta con un código de recuperación.",
      more: "¿Fue usted? Entonces no tiene que hacer nada. Si no, cambie ahora su contraseña y llame al {phone}.",
      button: "Ir a su cuenta",
    },
    "own-page": {
      subject: "Sus videoconsultas en una página solo suya",
      opening: "Puede ver sus videoconsultas en una página solo suya.",
      more: "Pulse el botón y luego inicie sesión o cree una cuenta. El enlace es solo para usted, sirve una vez y vence en 7 días. Si no lo desea, no tiene que hacer nada.",
      button: "Ir a su página",
    },
    room: {
      subject: "Le invitan a una llamada privada de voz",
      opening: "Le invitan a una llamada privada de voz.",
      more: "Pulse el botón cuando quiera. No hay que instalar nada. El enlace es solo para usted: no lo comparta.",
      button: "Ir a la llamada",
    },
    "staff-invited": {
      subject: "Le invitamos a trabajar con nosotros",
      opening: "Le invitamos a iniciar sesión y trabajar con nosotros.",
      more: "Pulse el botón y elija una contraseña. El enlace es solo para usted, sirve una vez y vence en 3 días. Si no lo esperaba, no tiene que hacer nada.",
      button: "Elegir una contraseña",
    },
  },
  mail: {
    when: "Cuándo",
    howLong: "Duración",
    button: "Entrar a la consulta",
    check: "Probar cámara y sonido",
    early: "Puede entrar antes y esperar adentro. Primero verá su cámara y su micrófono.",
    expires: "El enlace es solo para usted y vence {until}.",
    questions: "¿Preguntas? Llame al {phone}.",
    rebook: "Para otra cita, llame al {phone}.",
    all: "Todas sus visitas",
    allOff: "Estas visitas se cancelaron",
    eachLink:
      "Antes de cada visita le enviamos un enlace nuevo. Abra el archivo all-visits.ics para ponerlas todas en su calendario.",
  },
};
