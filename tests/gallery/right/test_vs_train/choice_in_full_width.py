# what: the letters are full-width ones, as a Japanese keyboard types them, one with its text
# loses: nothing

# %% choice_1
choice_1 = "Ｄ"

# %% choice_2
choice_2 = "Ｂ．更新は訓練用の家だけから計算される"
