"""Of users, their passwords, the login and too many requests."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "users_unusable": (
        "用户文件 {path} 不能读写：{error}",
        "The file of users {path} cannot be read or written: {error}",
    ),
    "users_unusable_hint": (
        "请看文件夹是否存在、是否允许读写；用 gongkai users add 建立用户文件。",
        "See whether the folder is there and may be read and written; gongkai users add makes the file.",
    ),
    "users_readable": (
        "别人也能读取 {path}，没有使用",
        "{path} can be read by others, and was not used",
    ),
    "users_readable_hint": (
        "请执行 chmod 600 {path}；若可能已被读取，请更换其中的密码。",
        "Run chmod 600 {path}; if others may have read it, change the passwords.",
    ),
    "users_key_short": (
        "{path} 里没有完整的密钥",
        "There is no whole key in {path}",
    ),
    "users_key_short_hint": (
        "请删去 {path}：下次启动会另建一个，各人须重新登录。",
        "Delete {path}: the next start makes another, and everyone has to sign in again.",
    ),
    "users_busy": (
        "{path} 正在被别的程序修改",
        "{path} is being changed by another program",
    ),
    "users_busy_hint": ("请稍后再试。", "Try again in a moment."),
    "users_line_bad": (
        "{path} 第 {number} 行不是用户",
        "Line {number} of {path} is no user",
    ),
    "users_line_bad_hint": (
        "这个文件只用 gongkai users 修改，每行是“名称:$argon2id$…”。",
        'Change this file with gongkai users only; a line is "NAME:$argon2id$…".',
    ),
    "users_none": (
        "{path} 里没有用户，谁也进不来",
        "There is no user in {path}: nobody could get in",
    ),
    "users_none_hint": (
        "请先添加：gongkai users add {path} 名称",
        "Add one first: gongkai users add {path} NAME",
    ),
    "user_name_bad": (
        "“{name}”不能作为用户名：应有 1 至 {most} 个字，不含空格和冒号",
        '"{name}" cannot be a user\'s name: 1 to {most} characters, without spaces and colons',
    ),
    "user_name_hint": ("请换一个名称。", "Choose another name."),
    "user_unknown": ("没有名为“{name}”的用户", 'There is no user called "{name}"'),
    "user_unknown_hint": (
        "gongkai users list {path} 列出全部用户。",
        "gongkai users list {path} lists them.",
    ),
    "password_length": (
        "密码应有 {least} 至 {most} 个字",
        "A password has {least} to {most} characters",
    ),
    "password_hint": (
        "几个不相干的词连起来就好记又难猜；空格、汉字都可以用。",
        "Some unrelated words in a row are easy to keep and hard to guess; spaces and any script will do.",
    ),
    "host_open": (
        "监听 {host} 会让别的机器也能打开这些页面，请写明谁可以看",
        "Listening at {host} lets other machines open the pages: say who may see them",
    ),
    "host_open_hint": (
        "只给有密码的人：--users 文件（用 gongkai users add 文件 名称 建立）；给所有人：--public。",
        "Those with a password: --users FILE (made by gongkai users add FILE NAME); everybody: --public.",
    ),
    "proxy_open": (
        "--proxy 时监听 {host}：绕过代理的人可以自称任何地址，请用防火墙只放行代理",
        "--proxy while listening at {host}: whoever comes past the proxy can claim any address; let only the proxy "
        "through, by a firewall",
    ),
    "users_one_address": (
        "前面若有代理，请加 --proxy；否则所有人都算同一个地址，一个人多次输错密码，其他人也要等",
        "With a proxy before it, add --proxy: otherwise all readers are one address, and one who mistypes a "
        "password too often has the others wait",
    ),
    "users_and_public": (
        "--users 和 --public 不能同时使用",
        "--users and --public cannot be used together",
    ),
    "not_let_in": ("请先登录", "Sign in first"),
    "not_let_in_hint": (
        "在浏览器里打开 /login；程序可用 HTTP Basic 读取 /api/ 和 /feed.atom。",
        "Open /login in a browser; programs may read /api/ and /feed.atom with HTTP Basic.",
    ),
    "wrong_password": (
        "用户名或密码不对",
        "The name or the password is not right",
    ),
    "wrong_old_password": ("现在的密码不对", "The password you have now is another"),
    "passwords_differ": ("两次输入的新密码不同", "The two new passwords differ"),
    "too_many_guesses": (
        "登录失败的次数太多，请过 {seconds} 秒再试",
        "Too many attempts to sign in have failed; try again in {seconds} s",
    ),
    "too_many_guesses_hint": (
        "忘了密码，请让管理员用 gongkai users add 另设一个。",
        "Whoever runs this server can set another password with gongkai users add.",
    ),
    "too_many_requests": (
        "请求太密，请过 {seconds} 秒再试",
        "Too many requests; try again in {seconds} s",
    ),
    "too_many_requests_hint": (
        "程序请放慢，或用 /api/counts、/api/hits 一次多取一些。",
        "Have programs slow down, or take more at once with /api/counts and /api/hits.",
    ),
    "too_many_streams": (
        "正在下载的文件太多，请过一会儿再试",
        "Too many files are being downloaded; try again in a moment",
    ),
    "too_many_streams_hint": (
        "等先前的下载完成后再试。",
        "Wait for earlier downloads to end.",
    ),
}
