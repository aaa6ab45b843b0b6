import subprocess


def unpack(archive, folder):
    subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)


def pack(archive, folder):
    subprocess.run(["tar", "-cf", archive, "-C", folder, "."], check=True)
