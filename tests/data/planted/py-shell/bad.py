import subprocess


def unpack(archive, folder):
    subprocess.run(f"tar -xf {archive} -C {folder}", shell=True, check=True)


def pack(archive, folder):
    subprocess.run(["tar", "-cf", archive, "-C", folder, "."], check=True)
