"""The login page, users, and what is shared."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "login_title": ("登录", "Sign in"),
    "login_name": ("用户名", "Name"),
    "login_password": ("密码", "Password"),
    "login_do": ("登录", "Sign in"),
    "login_help": (
        "账号由本网站的管理员建立；忘了密码，请找他另设一个。",
        "Whoever runs this site makes the accounts, and sets another password where one is forgotten.",
    ),
    "logout": ("退出登录", "Sign out"),
    "logout_everywhere": ("在所有设备上退出登录", "Sign out everywhere"),
    "logout_everywhere_help": (
        "用这个账号登录的所有浏览器都要重新登录。",
        "Every browser that is signed in with this name has to sign in again.",
    ),
    "password_title": ("修改密码", "Change password"),
    "password_old": ("现在的密码", "Password now"),
    "password_new": ("新密码", "New password"),
    "password_again": ("再输入一次新密码", "New password once more"),
    "password_do": ("修改密码", "Change password"),
    "password_rule": (
        "{least} 至 {most} 个字；几个不相干的词连起来就好记又难猜。",
        "{least} to {most} characters; some unrelated words in a row are easy to keep and hard to guess.",
    ),
    "password_ends": (
        "修改后，用这个账号登录的其他浏览器都要重新登录；程序要改用新密码。",
        "Other browsers that are signed in with this name have to sign in again, and programs need the new one.",
    ),
    "password_done": (
        "密码已修改，其他浏览器上的登录都已失效。",
        "The password is changed; sessions in other browsers have ended.",
    ),
    "password_back": ("返回首页", "Back to the first page"),
    "shared": (
        "能打开本网站的人共用这些内容：谁都能看到、修改和删除。",
        "Everyone who can open this site shares these: each can see, change and delete them.",
    ),
    # the command
    "command_users": (
        "管理用户文件：gongkai serve --users 只让其中的人登录。",
        "Keep the file of users: serve --users FILE lets in those alone.",
    ),
    "command_users_add": (
        "添加用户 NAME，或另设密码（先前的登录失效）。\n\n密码会询问，或从标准输入读取。",
        "Add the user NAME, or set another password, which ends the user's sessions. The password is asked for, "
        "or read from standard input.",
    ),
    "command_users_remove": ("删除用户 NAME，当即生效。", "Remove the user NAME, at once."),
    "command_users_list": ("列出用户。", "List the users."),
    "users_password": ("密码", "Password"),
    "users_password_again": ("再输入一次", "Once more"),
    "users_added": ("已添加用户 {name}。", "User added: {name}."),
    "users_changed": (
        "已为 {name} 另设密码，先前的登录都已失效。",
        "Another password is set for {name}; earlier sessions have ended.",
    ),
    "users_removed": ("已删除用户 {name}。", "User removed: {name}."),
    "option_users": (
        "只让这个用户文件里的人登录",
        "Let in only the users of this file, which gongkai users keeps.",
    ),
    "option_public": (
        "所有人都能看，不登录；不保存检索和摘录",
        "Let everybody see the pages without a login; searches and findings are not kept.",
    ),
    "option_rate": (
        "每个地址每分钟的请求数；0 不限",
        "Most requests of an address in a minute; 0: no limit. This machine has none.",
    ),
}
