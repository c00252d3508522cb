import type { Catalog } from "./wording";

const join = "للدخول: {link}\nينتهي الرابط {until}. للمساعدة أرسل HELP";

/** Arabic, with Latin digits as phones in the United States show them. Short: 70 characters are one part of a text. */
export const ar: Catalog = {
  dates: "ar-u-nu-latn",
  direction: "rtl",
  visit: {
    patient: "زيارتك بالفيديو مع {clinician}",
    clinician: "زيارتك بالفيديو",
    guest: "زيارة الفيديو مع {clinician} التي دُعيت إليها",
  },
  at: (time) => `الساعة ${time}`,
  onDayAt: (day, time) => `يوم ${day} الساعة ${time}`,
  minutes: (count) => `${count} دقيقة`,
  within: (lasting) => `خلال ${lasting}`,
  hours: (count) => `${count} ساعة`,
  days: (count) => `${count} أيام`,
  messages: {
    initial: { sms: `{Visit} {when}.\n${join}`, subject: "{Visit}", opening: "{Visit} تبدأ {when}." },
    reminder: {
      sms: "تذكير: {visit} {when}.\nللدخول: {link}\nللمساعدة أرسل HELP",
      subject: "تذكير: {visit}",
      opening: "{Visit} تبدأ {when}.",
    },
    resend: {
      sms: `{Visit} {when}.\n${join}`,
      subject: "رابط جديد: {visit}",
      opening: "{Visit} تبدأ {when}.",
    },
    rescheduled: {
      sms: `تغيّر موعد {visit}: {when}.\n${join}`,
      subject: "موعد جديد: {visit}",
      opening: "تغيّر موعد {visit}. تبدأ الآن {when}.",
    },
    cancelled: {
      sms: "أُلغيت {visit} {when}.\nلموعد آخر اتصل على {phone}",
      subject: "أُلغيت: {visit}",
      opening: "أُلغيت {visit} {when}.",
    },
    late: {
      sms: "{Visit} تتأخر نحو {minutes}. تبدأ {when}.",
      subject: "تأخير: {visit}",
      opening: "{Visit} تتأخر نحو {minutes}. تبدأ {when}.",
    },
    "on-time": {
      sms: "{Visit} عادت إلى موعدها {when}.",
      subject: "في موعدها: {visit}",
      opening: "{Visit} عادت إلى موعدها {when}.",
    },
    "patient-waits": {
      sms: "{Visit}: مريضك حضر وينتظرك.\nللدخول: {link}",
      subject: "مريضك ينتظر",
      opening: "مريضك حضر وينتظرك. {Visit} موعدها {when}.",
    },
    "time-kept": {
      sms: "{Visit} {when} تبقى كما هي. أجبنا عن طلبك: اقرأ الجواب في صفحتك أو اتصل على {phone}.",
      subject: "أجبنا عن طلبك: {visit}",
      opening: "أجبنا عن طلبك. {Visit} {when} تبقى كما هي. اقرأ جوابنا في صفحتك أو اتصل على {phone}.",
    },
    check: {
      sms: "جرّب الكاميرا والصوت قبل {visit} {when}:\n{check}\nدقيقة واحدة تكفي.",
      subject: "جرّب الكاميرا: {visit}",
      opening: "جرّب الكاميرا والصوت قبل {visit} {when}. دقيقة واحدة تكفي.",
    },
    series: {
      sms: "{Visit} {when}، وهي الأولى من {count}.\nللدخول: {link}\nنرسل رابطًا قبل كل زيارة.",
      subject: "{Visit}: الأولى من {count}",
      opening: "{Visit} تبدأ {when}. وهي الأولى من {count}.",
    },
    "series-moved": {
      sms: "تغيّر موعد {visit}: {when}، وما بعدها أيضًا ({count}).\nللدخول: {link}",
      subject: "مواعيد جديدة: {visit}",
      opening: "تغيّر موعد {visit}. تبدأ الآن {when}. تغيّرت الزيارات التالية أيضًا، وعددها كلها {count}.",
    },
    "series-cancelled": {
      sms: "أُلغيت {visit} {when} وما بعدها ({count}).\nلموعد آخر اتصل على {phone}",
      subject: "أُلغيت: {visit} وما بعدها",
      opening: "أُلغيت {visit} {when}، والزيارات التالية أيضًا، وعددها كلها {count}.",
    },
  },
  join: "للدخول: {link}",
  tryFirst: "جرّب قبلها: {check}",
  replies: {
    stopped: "{clinic}: لن نرسل لك رسائل بعد الآن. أرسل START لتعود.",
    resumed: "{clinic}: ستصلك رسائلنا من جديد. أرسل STOP لإيقافها.",
    help: "{clinic}: رسائل عن زياراتك بالفيديو. للمساعدة اتصل على {phone}. أرسل STOP لإيقافها.",
    unread: "لا يقرأ أحد هذا الرقم. للمساعدة اتصل على {phone}. في الطوارئ اتصل على 911.",
  },
  own: {
    "own-page":
      "{clinic}: شاهد زياراتك بالفيديو في صفحة خاصة بك: {link}\nالرابط لك وحدك. يعمل مرة واحدة خلال 7 أيام.",
    "own-code": "{clinic}: رمزك هو {code}. يعمل لمدة 10 دقائق. لن نطلب منك أبدًا أن تخبرنا به.",
    room: "{clinic}: أنت مدعو إلى مكالمة صوتية خاصة. اضغط للدخول: {link}\nالرابط لك وحدك.",
    callback: "{clinic}: سنعاود الاتصال بك. اطلع على الموعد أو غيّره أو ألغه: {link}",
    "callback-missed": "{clinic}: اتصلنا بك مرتين ولم نصل إليك. اطلب مكالمة جديدة أو اتصل بنا: {link}",
    "callback-expired":
      "{clinic}: نأسف، لم نتمكن من الاتصال بك في الموعد. اطلب مكالمة جديدة أو اتصل بنا: {link}",
  },
  notices: {
    "account-exists": {
      subject: "لديك حساب بالفعل",
      opening: "حاول شخص ما إنشاء حساب بهذا البريد الإلكتروني. لديك حساب بالفعل.",
      more: "هل كنت أنت؟ سجّل الدخول، أو اختر كلمة مرور جديدة إن نسيتها. إن لم تكن أنت، فلا حاجة لفعل شيء.",
      button: "تسجيل الدخول",
    },
    "password-changed": {
      subject: "تم تغيير كلمة المرور",
      opening: "تم تغيير كلمة مرور حسابك.",
      more: "هل كنت أنت؟ إذن لا حاجة لفعل شيء. إن لم تكن أنت، فاختر كلمة مرور جديدة الآن واتصل على {phone}.",
      button: "اختر كلمة مرور جديدة",
    },
    "recovery-codes-made": {
      subject: "تم إنشاء رموز استعادة جديدة",
      opening: "تم إنشاء رموز استعادة جديدة لحسابك.",
      more: "هل كنت أنت؟ احفظها في مكان آمن؛ الرموز القديمة لم تعد تعمل. إن لم تكن أنت، فغيّر كلمة المرور الآن واتصل على {phone}.",
      button: "اذهب إلى حسابك",
    },
    "recovery-code-used": {
      subject: "تم استخدام رمز استعادة",
      opening: "سجّل شخص الدخول إلى حسابك برمز استعادة.",
      more: "هل كنت أنت؟ إذن لا حاجة لفعل شيء. إن لم تكن أنت، فغيّر كلمة المرور الآن واتصل على {phone}.",
      button: "اذهب إلى حسابك",
    },
    "own-page": {
      subject: "زياراتك بالفيديو في صفحة خاصة بك",
      opening: "يمكنك رؤية زياراتك بالفيديو في صفحة خاصة بك.",
      more: "اضغط الزر، ثم سجّل الدخول أو أنشئ حسابًا. الرابط لك وحدك، ويعمل مرة واحدة، وينتهي خلال 7 أيام. إن لم ترد ذلك، فلا حاجة لفعل شيء.",
      button: "اذهب إلى صفحتك",
    },
    room: {
      subject: "دعوة إلى مكالمة صوتية خاصة",
      opening: "أنت مدعو إلى مكالمة صوتية خاصة.",
      more: "اضغط الزر عندما تكون جاهزًا. لا حاجة لتثبيت أي شيء. الرابط لك وحدك: لا تعطه لأحد.",
      button: "اذهب إلى المكالمة",
    },
    "staff-invited": {
      subject: "دعوة للعمل معنا",
      opening: "ندعوك إلى تسجيل الدخول والعمل معنا.",
      more: "اضغط الزر واختر كلمة مرور. الرابط لك وحدك، ويعمل مرة واحدة، وينتهي خلال 3 أيام. إن لم تكن تتوقع هذا، فلا حاجة لفعل شيء.",
      button: "اختر كلمة مرور",
    },
  },
  mail: {
    when: "الموعد",
    howLong: "المدة",
    button: "ادخل إلى زيارتك",
    check: "جرّب الكاميرا والصوت",
    early: "يمكنك الدخول مبكرًا والانتظار في الداخل. سترى الكاميرا والميكروفون أولًا.",
    expires: "الرابط لك وحدك وينتهي {until}.",
    questions: "أسئلة؟ اتصل على {phone}.",
    rebook: "لموعد آخر اتصل على {phone}.",
    all: "كل زياراتك",
    allOff: "أُلغيت هذه الزيارات",
    eachLink: "نرسل لك رابطًا جديدًا قبل كل زيارة. افتح الملف all-visits.ics لإضافتها كلها إلى التقويم.",
  },
};
